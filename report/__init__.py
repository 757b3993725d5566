"""Reports: JSON, terminal table, Excel, one HTML page, marked-up pages. One file a format."""
