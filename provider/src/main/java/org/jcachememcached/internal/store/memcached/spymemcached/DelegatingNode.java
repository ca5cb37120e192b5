package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A node of spymemcached that delegates to another one what a subclass does not override. As
 * thread-safe as the other is.
 */
abstract class DelegatingNode implements MemcachedNode {

  private final MemcachedNode delegate;

  DelegatingNode(MemcachedNode delegate) {
    this.delegate = delegate;
  }

  final MemcachedNode delegate() {
    return delegate;
  }

  @Override
  public void copyInputQueue() {
    delegate.copyInputQueue();
  }

  @Override
  public Collection<Operation> destroyInputQueue() {
    return delegate.destroyInputQueue();
  }

  @Override
  public void transitionWriteItem() {
    delegate.transitionWriteItem();
  }

  @Override
  public @Nullable Operation getCurrentReadOp() {
    return delegate.getCurrentReadOp();
  }

  @Override
  public Operation removeCurrentReadOp() {
    return delegate.removeCurrentReadOp();
  }

  @Override
  public @Nullable Operation getCurrentWriteOp() {
    return delegate.getCurrentWriteOp();
  }

  @Override
  public Operation removeCurrentWriteOp() {
    return delegate.removeCurrentWriteOp();
  }

  @Override
  public boolean hasReadOp() {
    return delegate.hasReadOp();
  }

  @Override
  public boolean hasWriteOp() {
    return delegate.hasWriteOp();
  }

  @Override
  public void insertOp(Operation operation) {
    delegate.insertOp(operation);
  }

  @Override
  public int getSelectionOps() {
    return delegate.getSelectionOps();
  }

  @Override
  public ByteBuffer getRbuf() {
    return delegate.getRbuf();
  }

  @Override
  public ByteBuffer getWbuf() {
    return delegate.getWbuf();
  }

  @Override
  public boolean isActive() {
    return delegate.isActive();
  }

  @Override
  public boolean isAuthenticated() {
    return delegate.isAuthenticated();
  }

  @Override
  public long lastReadDelta() {
    return delegate.lastReadDelta();
  }

  @Override
  public void completedRead() {
    delegate.completedRead();
  }

  @Override
  public int getReconnectCount() {
    return delegate.getReconnectCount();
  }

  @Override
  public void setChannel(SocketChannel channel) {
    delegate.setChannel(channel);
  }

  @Override
  public SocketChannel getChannel() {
    return delegate.getChannel();
  }

  @Override
  public void setSk(SelectionKey key) {
    delegate.setSk(key);
  }

  @Override
  public SelectionKey getSk() {
    return delegate.getSk();
  }

  @Override
  public int getBytesRemainingToWrite() {
    return delegate.getBytesRemainingToWrite();
  }

  @Override
  public int writeSome() throws IOException {
    return delegate.writeSome();
  }

  @Override
  public void fixupOps() {
    delegate.fixupOps();
  }

  @Override
  public void addOp(Operation operation) {
    delegate.addOp(operation);
  }

  @Override
  public void fillWriteBuffer(boolean optimizeGets) {
    delegate.fillWriteBuffer(optimizeGets);
  }

  @Override
  public void registerChannel(SocketChannel channel, SelectionKey key) {
    delegate.registerChannel(channel, key);
  }

  @Override
  public SocketAddress getSocketAddress() {
    return delegate.getSocketAddress();
  }

  @Override
  public void connected() {
    delegate.connected();
  }

  @Override
  public void reconnecting() {
    delegate.reconnecting();
  }

  @Override
  public void setupResend() {
    delegate.setupResend();
  }

  @Override
  public int getContinuousTimeout() {
    return delegate.getContinuousTimeout();
  }

  @Override
  public void authComplete() {
    delegate.authComplete();
  }

  @Override
  public void setupForAuth() {
    delegate.setupForAuth();
  }

  @Override
  public void setContinuousTimeout(boolean timedOut) {
    delegate.setContinuousTimeout(timedOut);
  }

  @Override
  public MemcachedConnection getConnection() {
    return delegate.getConnection();
  }

  @Override
  public void setConnection(MemcachedConnection connection) {
    delegate.setConnection(connection);
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
