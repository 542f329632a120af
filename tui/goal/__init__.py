"""What the goal screen, its editor and its forms read, say and save."""
