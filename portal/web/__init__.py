"""What every page shares: declared routes, one unit of work a request, headers, errors, locale, formats."""
