"""Concurrent calls, in threads."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
WORKERS = 16
GRACE = 0.7  # seconds for the threads to clean up after Ctrl-C


def map_concurrent(
    work: Callable[[T], R], items: Sequence[T], stop: Callable[[], None], workers: int = WORKERS
) -> list[R]:
    """Call a function for each item, a bounded number at a time, and return the results in the order of the items.

    Args:
        work: The function.
        items: What to call the function with.
        stop: Called when a signal ends the program; it must end what the threads wait for.
        workers: The maximum number of calls at a time.

    Raises:
        The first exception that a call raised; calls that have not begun by then are left out.
    """
    from concurrent.futures import Future, ThreadPoolExecutor, wait

    pool, futures = ThreadPoolExecutor(workers), list[Future[R]]()
    try:
        for item in items:
            futures.append(pool.submit(work, item))
        results = [future.result() for future in futures]
    except KeyboardInterrupt:
        stop()
        pool.shutdown(wait=False, cancel_futures=True)
        wait([future for future in futures if not future.cancelled()], GRACE)
        raise
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()
    return results
