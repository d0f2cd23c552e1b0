"""Raw text to tokens, paragraphs, sentences and quotation marks; everything here works without a model."""
