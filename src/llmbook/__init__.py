"""The code that *Introduction to Large Language Models* explains, chapter by chapter."""

__version__ = "0.1.0"
