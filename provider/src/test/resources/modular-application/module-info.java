module shop {
  requires cache.api;
  requires org.jcachememcached;
}
