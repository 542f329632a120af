"""From facts to sentences, in Russian and English: texts, plurals, numbers, money, dates."""
