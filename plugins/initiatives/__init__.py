"""Initiative profiles: a directory and a map of the network, kept true by the initiatives' own people."""
