package announce

// abbreviations are what people write for zones, with all the places in which
// that is common. One place is an answer; several are asked back. A summer
// name means the place all year: "9:00 PDT" goes on as Los Angeles time.
var abbreviations = map[string][]string{
	"utc": {"UTC"}, "gmt": {"UTC"}, "z": {"UTC"},
	"pst": {"America/Los_Angeles"}, "pdt": {"America/Los_Angeles"}, "pt": {"America/Los_Angeles"},
	"mst": {"America/Denver", "America/Phoenix"}, "mdt": {"America/Denver"}, "mt": {"America/Denver"},
	"cst": {"America/Chicago", "Asia/Shanghai", "America/Havana"}, "cdt": {"America/Chicago", "America/Havana"}, "ct": {"America/Chicago"},
	"est": {"America/New_York"}, "edt": {"America/New_York"}, "et": {"America/New_York"},
	"akst": {"America/Anchorage"}, "akdt": {"America/Anchorage"}, "hst": {"Pacific/Honolulu"},
	"ast": {"America/Halifax", "Asia/Riyadh"}, "adt": {"America/Halifax"},
	"nst": {"America/St_Johns"}, "ndt": {"America/St_Johns"},
	"brt": {"America/Sao_Paulo"}, "art": {"America/Argentina/Buenos_Aires"}, "clt": {"America/Santiago"},
	"bst": {"Europe/London", "Asia/Dhaka"}, "wet": {"Europe/Lisbon"}, "west": {"Europe/Lisbon"},
	"cet": {"Europe/Berlin"}, "cest": {"Europe/Berlin"}, "mez": {"Europe/Berlin"}, "mesz": {"Europe/Berlin"},
	"eet": {"Europe/Helsinki", "Europe/Athens", "Africa/Cairo"}, "eest": {"Europe/Helsinki", "Europe/Athens", "Africa/Cairo"},
	"msk": {"Europe/Moscow"}, "trt": {"Europe/Istanbul"},
	"ist": {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}, "idt": {"Asia/Jerusalem"},
	"gst": {"Asia/Dubai", "Atlantic/South_Georgia"}, "pkt": {"Asia/Karachi"}, "npt": {"Asia/Kathmandu"},
	"ict": {"Asia/Bangkok"}, "wib": {"Asia/Jakarta"}, "sgt": {"Asia/Singapore"}, "hkt": {"Asia/Hong_Kong"}, "pht": {"Asia/Manila"},
	"jst": {"Asia/Tokyo"}, "kst": {"Asia/Seoul"},
	"awst": {"Australia/Perth"}, "acst": {"Australia/Adelaide", "Australia/Darwin"}, "acdt": {"Australia/Adelaide"},
	"aest": {"Australia/Sydney", "Australia/Brisbane"}, "aedt": {"Australia/Sydney"},
	"nzst": {"Pacific/Auckland"}, "nzdt": {"Pacific/Auckland"},
	"sast": {"Africa/Johannesburg"}, "wat": {"Africa/Lagos"}, "cat": {"Africa/Maputo"}, "eat": {"Africa/Nairobi"},
}

// cityZones are cities after which no zone is called.
var cityZones = map[string]string{
	"san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "san diego": "America/Los_Angeles",
	"las vegas": "America/Los_Angeles", "portland": "America/Los_Angeles", "salt lake city": "America/Denver",
	"dallas": "America/Chicago", "houston": "America/Chicago", "austin": "America/Chicago", "minneapolis": "America/Chicago",
	"boston": "America/New_York", "washington": "America/New_York", "philadelphia": "America/New_York",
	"miami": "America/New_York", "atlanta": "America/New_York", "nyc": "America/New_York", "montreal": "America/Toronto",
	"ottawa": "America/Toronto", "calgary": "America/Edmonton", "rio de janeiro": "America/Sao_Paulo", "são paulo": "America/Sao_Paulo",
	"buenos aires": "America/Argentina/Buenos_Aires", "manchester": "Europe/London", "edinburgh": "Europe/London",
	"munich": "Europe/Berlin", "münchen": "Europe/Berlin", "hamburg": "Europe/Berlin", "cologne": "Europe/Berlin",
	"köln": "Europe/Berlin", "frankfurt": "Europe/Berlin", "stuttgart": "Europe/Berlin", "leipzig": "Europe/Berlin",
	"barcelona": "Europe/Madrid", "milan": "Europe/Rome", "geneva": "Europe/Zurich", "basel": "Europe/Zurich", "zürich": "Europe/Zurich",
	"krakow": "Europe/Warsaw", "rotterdam": "Europe/Amsterdam", "gothenburg": "Europe/Stockholm", "tel aviv": "Asia/Jerusalem",
	"abu dhabi": "Asia/Dubai", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata", "new delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata",
	"bengaluru": "Asia/Kolkata", "chennai": "Asia/Kolkata", "hyderabad": "Asia/Kolkata", "pune": "Asia/Kolkata",
	"beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "osaka": "Asia/Tokyo", "hanoi": "Asia/Ho_Chi_Minh", "saigon": "Asia/Ho_Chi_Minh",
	"canberra": "Australia/Sydney", "cape town": "Africa/Johannesburg", "wellington": "Pacific/Auckland",
}

// knownZones are the zones offered while somebody types. Others are found when
// they are typed in full.
const knownZones = `UTC
Africa/Abidjan Africa/Accra Africa/Addis_Ababa Africa/Algiers Africa/Cairo Africa/Casablanca Africa/Dakar Africa/Dar_es_Salaam
Africa/Harare Africa/Johannesburg Africa/Kampala Africa/Khartoum Africa/Kinshasa Africa/Lagos Africa/Luanda Africa/Lusaka
Africa/Maputo Africa/Nairobi Africa/Tripoli Africa/Tunis Africa/Windhoek
America/Anchorage America/Argentina/Buenos_Aires America/Asuncion America/Bogota America/Caracas America/Chicago America/Costa_Rica
America/Denver America/Detroit America/Edmonton America/El_Salvador America/Guatemala America/Guayaquil America/Halifax America/Havana
America/Jamaica America/La_Paz America/Lima America/Los_Angeles America/Managua America/Mexico_City America/Monterrey America/Montevideo
America/New_York America/Panama America/Phoenix America/Puerto_Rico America/Regina America/Santiago America/Santo_Domingo
America/Sao_Paulo America/St_Johns America/Tijuana America/Toronto America/Vancouver America/Winnipeg
Asia/Almaty Asia/Amman Asia/Baghdad Asia/Bahrain Asia/Baku Asia/Bangkok Asia/Beirut Asia/Colombo Asia/Dhaka Asia/Dubai Asia/Ho_Chi_Minh
Asia/Hong_Kong Asia/Jakarta Asia/Jerusalem Asia/Kabul Asia/Karachi Asia/Kathmandu Asia/Kolkata Asia/Kuala_Lumpur Asia/Kuwait Asia/Manila
Asia/Muscat Asia/Nicosia Asia/Phnom_Penh Asia/Qatar Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Tashkent
Asia/Tbilisi Asia/Tehran Asia/Tokyo Asia/Ulaanbaatar Asia/Yangon Asia/Yekaterinburg Asia/Yerevan
Atlantic/Azores Atlantic/Canary Atlantic/Reykjavik
Australia/Adelaide Australia/Brisbane Australia/Darwin Australia/Hobart Australia/Lord_Howe Australia/Melbourne Australia/Perth Australia/Sydney
Europe/Amsterdam Europe/Athens Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Bucharest Europe/Budapest
Europe/Chisinau Europe/Copenhagen Europe/Dublin Europe/Helsinki Europe/Istanbul Europe/Kyiv Europe/Lisbon Europe/Ljubljana Europe/London
Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Minsk Europe/Moscow Europe/Oslo Europe/Paris Europe/Prague Europe/Riga Europe/Rome
Europe/Sarajevo Europe/Skopje Europe/Sofia Europe/Stockholm Europe/Tallinn Europe/Tirane Europe/Vienna Europe/Vilnius Europe/Warsaw
Europe/Zagreb Europe/Zurich
Indian/Mauritius Pacific/Auckland Pacific/Fiji Pacific/Guam Pacific/Honolulu Pacific/Tongatapu`
