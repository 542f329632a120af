"""What is given away: tables for other programs."""
