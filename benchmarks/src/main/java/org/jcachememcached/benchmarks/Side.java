package org.jcachememcached.benchmarks;

/** The contenders, in the order of their first turns. */
enum Side {
  PROVIDER {
    @Override
    Contender open(String server) {
      return new ProviderContender(server);
    }
  },
  RAW {
    @Override
    Contender open(String server) {
      return new RawContender(server);
    }
  },
  SOCKET {
    @Override
    Contender open(String server) {
      return new SocketContender(server);
    }
  };

  /** Connects to the server, host:port. */
  abstract Contender open(String server);

  /** How many turns it takes until each contender had one. */
  static int count() {
    return values().length;
  }

  /**
   * Whose turn it is: A, B, C, C, B, A and so on, so that a steady drift favours no contender, and
   * the last of one block and the first of the next are the same contender twice.
   */
  static Side at(int turn) {
    int place = turn % count();
    boolean forwards = turn / count() % 2 == 0;
    return values()[forwards ? place : count() - 1 - place];
  }
}
