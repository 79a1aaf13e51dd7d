"""Links of lessons to the rest of the web and to our own pages: which lead nowhere, and where authors are told so."""
