"""Privacy notice and terms of use: versions, and who agreed to which."""
