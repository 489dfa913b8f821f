package io.millrace.engine.workflow;

import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Turn;

/**
 * The queued restarts by instance number, lowest first. Fresh starts need no such order, as their
 * numbers rise.
 *
 * <p>A leftist heap in the queue's own documents: each knows the two heaps below it, and {@code
 * rank} is the length of the way down along {@code right}, which is never the longer one. So adding
 * and taking touch O(log n) documents, and no document lists them all. One stopped in the middle
 * stays as a mark until it comes up.
 *
 * <p>A heap is named by its root: 0 for an empty one, else the root's sequence + 1.
 */
final class RestartHeap {
  private final Turn turn;

  RestartHeap(Turn turn) {
    this.turn = turn;
  }

  /** The heap with one more; the start has been given its place in the queue. */
  long add(long heap, long sequence, QueuedStart start) {
    put(sequence + 1, QueuedStarts.placed(start, 1, 0, 0));
    return merge(heap, sequence + 1);
  }

  /** The lowest of a heap that is not empty. */
  QueuedStart first(long heap) {
    return turn.get(StartQueue.key(heap - 1), QueuedStart.class);
  }

  /** The heap without its lowest, whose document goes. */
  long withoutFirst(long heap) {
    QueuedStart first = first(heap);
    turn.remove(StartQueue.key(heap - 1));
    return merge(first.left(), first.right());
  }

  /** Both heaps in one. */
  long merge(long one, long other) {
    if (one == 0 || other == 0) {
      return one + other;
    }
    boolean isFirst = first(one).instance() <= first(other).instance();
    long root = isFirst ? one : other;
    QueuedStart top = first(root);
    long below = merge(top.right(), isFirst ? other : one);
    boolean keepsSides = rank(top.left()) >= rank(below);
    long left = keepsSides ? top.left() : below;
    long right = keepsSides ? below : top.left();
    put(root, QueuedStarts.placed(top, rank(right) + 1, left, right));
    return root;
  }

  private int rank(long heap) {
    return heap == 0 ? 0 : first(heap).rank();
  }

  private void put(long heap, QueuedStart start) {
    turn.put(StartQueue.key(heap - 1), start);
  }
}
