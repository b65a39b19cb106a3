"""What all pages have in common before a template sees them, and the plan of every output."""
