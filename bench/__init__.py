"""Measures the server as it is served, with a load harness that stands outside this repository. Start it by bin/bench."""
