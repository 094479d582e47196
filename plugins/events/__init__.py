"""Events and their documentation: programme, pitches, results, insights, files and photos."""
