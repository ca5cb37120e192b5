package org.jcachememcached.internal.store.memcached.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.ServerSource.DnsAddresses;
import org.junit.jupiter.api.Test;

class AddressQuestionTest {

  private static List<Server> servers(String... addresses) throws Exception {
    List<InetAddress> answer = new ArrayList<>();
    for (String address : addresses) {
      answer.add(InetAddress.getByName(address));
    }
    return new AddressQuestion(new DnsAddresses("h", 7), name -> answer).ask();
  }

  @Test
  void eachAddressIsAServerWhateverTheOrder() throws Exception {
    assertThat(servers("10.0.0.2", "10.0.0.1", "10.0.0.2"))
        .isEqualTo(servers("10.0.0.1", "10.0.0.2"))
        .map(Server::toString)
        .containsExactly("10.0.0.1:7", "10.0.0.2:7");
  }

  @Test
  void aServerWithAddressesOfBothFamiliesCountsOnce() throws Exception {
    assertThat(servers("10.0.0.1", "2001:db8::1", "10.0.0.2"))
        .map(Server::toString)
        .containsExactly("10.0.0.1:7", "10.0.0.2:7");
    assertThat(servers("2001:db8::1", "10.0.0.1"))
        .map(Server::toString)
        .containsExactly("[2001:db8:0:0:0:0:0:1]:7");
  }

  @Test
  void noAddressIsNoAnswer() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> servers())
        .withMessage("names no server");
  }

  @Test
  void theSystemKnowsThisMachine() throws Exception {
    assertThat(
            new AddressQuestion(new DnsAddresses("localhost", 7), AddressQuestion.BY_SYSTEM).ask())
        .map(Server::port)
        .containsOnly(7);
  }

  @Test
  void theSystemMayNotKnowAName() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> AddressQuestion.BY_SYSTEM.addresses("."))
        .withMessage("cannot be asked: the host name is unknown")
        .withCauseInstanceOf(UnknownHostException.class);
  }
}
