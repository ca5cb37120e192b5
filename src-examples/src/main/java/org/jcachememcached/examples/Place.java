package org.jcachememcached.examples;

/**
 * A place on earth. It is not serializable: its codec is all it needs.
 *
 * @param latitude in degrees, positive to the north
 * @param longitude in degrees, positive to the east
 */
record Place(double latitude, double longitude) {}
