// Enhancements of things that already work without script.
