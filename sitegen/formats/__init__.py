"""What others defined: calendars, drawings, what pictures' files hold, the search's bundle."""
