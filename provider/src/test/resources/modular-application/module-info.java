module shop {
  requires cache.api;
  requires org.jcachememcached;

  // The application itself reads MBeans.
  requires java.management;
}
