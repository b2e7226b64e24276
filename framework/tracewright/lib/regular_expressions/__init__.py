"""Regular expressions as JavaScript has them: pattern text to tree."""
