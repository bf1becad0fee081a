"""Due times and walls of open clocks, against counting minute by minute."""
