package commands

import "time"

// countryOf guesses a person's country from their zone, in two letters; ""
// where the zone is none of these. It decides only whose number stands first.
func countryOf(zone *time.Location) string {
	if zone == nil {
		return ""
	}
	return countries[zone.String()]
}

// countries are the zones of countries that have dial-in numbers most often.
// Source: the IANA database's zone1970.tab.
var countries = map[string]string{
	"America/New_York": "US", "America/Chicago": "US", "America/Denver": "US", "America/Los_Angeles": "US", "America/Phoenix": "US",
	"America/Toronto": "CA", "America/Vancouver": "CA", "America/Mexico_City": "MX", "America/Sao_Paulo": "BR",
	"America/Argentina/Buenos_Aires": "AR", "Europe/London": "GB", "Europe/Dublin": "IE", "Europe/Berlin": "DE",
	"Europe/Vienna": "AT", "Europe/Zurich": "CH", "Europe/Paris": "FR", "Europe/Madrid": "ES", "Europe/Lisbon": "PT",
	"Europe/Rome": "IT", "Europe/Amsterdam": "NL", "Europe/Brussels": "BE", "Europe/Copenhagen": "DK", "Europe/Stockholm": "SE",
	"Europe/Oslo": "NO", "Europe/Helsinki": "FI", "Europe/Warsaw": "PL", "Europe/Prague": "CZ", "Europe/Budapest": "HU",
	"Europe/Athens": "GR", "Asia/Kolkata": "IN", "Asia/Tokyo": "JP", "Asia/Singapore": "SG", "Asia/Hong_Kong": "HK",
	"Asia/Jerusalem": "IL", "Asia/Dubai": "AE", "Australia/Sydney": "AU", "Australia/Melbourne": "AU", "Pacific/Auckland": "NZ",
	"Africa/Johannesburg": "ZA",
}
