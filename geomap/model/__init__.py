"""What the whole project agrees on: who counts as what."""
