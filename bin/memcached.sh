# What bin/demo and bin/test have to know about an installed memcached. To be sourced.

# The oldest server that speaks all the meta commands that the provider needs.
readonly OLDEST_MEMCACHED=1.6.18

memcached_is_installed() {
  command -v memcached >/dev/null
}

memcached_version() {
  memcached -V | awk '{ print $2 }'
}

memcached_is_recent() {
  printf '%s\n' "$OLDEST_MEMCACHED" "$(memcached_version)" | sort -V -C
}
