"""The bundled plugins. Each is found by its entry point, exactly as a foreign one is."""
