"""Who lives within reach of a school, by service zone, subdistrict, district and network."""
