package org.jcachememcached.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.springframework.context.ApplicationContext;

/** The endpoints of a running application. Thread-safe. */
final class Actuator {

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  Actuator(ApplicationContext application) {
    String port = application.getEnvironment().getProperty("local.server.port");
    base = "http://127.0.0.1:" + Objects.requireNonNull(port) + "/actuator/";
  }

  /** The status and, after a space, the body. */
  String get(String endpoint) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + endpoint)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
