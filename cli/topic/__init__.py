"""What the topic commands have in common, and the lemmatizer that tells topics."""
