"""What is kept how long: each room says its rules, one nightly job keeps them."""
