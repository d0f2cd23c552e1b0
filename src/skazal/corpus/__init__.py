"""Many texts: reading them, annotating them in order and in bounded memory, writing what comes out."""
