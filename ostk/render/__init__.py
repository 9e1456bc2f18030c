"""From an answer to text: the only place that prints results."""
