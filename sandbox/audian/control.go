package audian

import "net/http"

// Control is the JSON API that makes things happen on the sandbox's other
// side: telephones, faults, clocks.
func (s *Server) Control() http.Handler {
	return http.NewServeMux()
}
