package audian

import "net/http"

// failure is an error answer. The constructors below give each its shape in
// the dialect at hand (docs.audian.com/errors; Kazoo's cb_context).
type failure struct {
	status  int
	message string // the category, not for people
	data    any    // nil is written as {}
	flat    bool   // no data key at all
	retry   int
}

func says(message string) document { return document{"message": message} }

func (o *Options) unauthorized() *failure {
	if o.kazoo() {
		return &failure{status: http.StatusUnauthorized, message: "invalid credentials"}
	}
	return &failure{status: http.StatusUnauthorized, message: "unauthorized", flat: true}
}

// badAccount is Kazoo's answer to an account id in the path that it does not
// know: a 401, as if the token were wrong.
func (o *Options) badAccount() *failure {
	return &failure{status: http.StatusUnauthorized, message: "invalid_credentials", data: says("invalid credentials")}
}

func (o *Options) forbidden() *failure {
	return &failure{status: http.StatusForbidden, message: "forbidden", data: says("forbidden")}
}

func (o *Options) notFound(id string) *failure {
	f := &failure{status: http.StatusNotFound, message: "not_found", data: says("resource not found")}
	if o.kazoo() {
		f.message, f.data = "bad_identifier", says("bad identifier")
	}
	if id != "" {
		f.data = merge(f.data.(document), document{"cause": id})
	}
	return f
}

func (o *Options) methodNotAllowed() *failure {
	return &failure{status: http.StatusMethodNotAllowed, message: "invalid_method", data: says("method not allowed")}
}

func (o *Options) tooMany() *failure {
	f := &failure{status: http.StatusTooManyRequests, message: "too_many_requests", data: says("too many requests")}
	if o.RetryAfter {
		f.retry = 1
	}
	return f
}

// crashed is Kazoo's answer when a handler dies of its input.
func (o *Options) crashed() *failure {
	return &failure{status: http.StatusInternalServerError, message: "request execution failed"}
}

func (o *Options) badJSON() *failure {
	if !o.kazoo() {
		return &failure{status: http.StatusBadRequest, message: "bad_request", data: says("the body is not valid JSON")}
	}
	found := problems{}
	found.add("json", "invalid", "Malformed JSON", document{"target": "body"})
	return &failure{status: http.StatusBadRequest, message: "validation error", data: found}
}

// noData refuses a body that does not hold an object under `data`.
func (o *Options) noData(rule, message string, value any) *failure {
	if !o.kazoo() {
		return &failure{status: http.StatusBadRequest, message: "bad_request", data: says("field required: data")}
	}
	detail := document{"value": value}
	if rule == "type" {
		detail["target"] = []string{"object", "array"}
	}
	found := problems{}
	found.add("data", rule, message, detail)
	return &failure{status: http.StatusBadRequest, message: "validation failed", data: document{"data": found["data"]}}
}

// refused is a 400 with the fields that were wrong.
func (o *Options) refused(found problems) *failure {
	if o.errorMaps() {
		return &failure{status: http.StatusBadRequest, message: "validation error", data: found}
	}
	return &failure{status: http.StatusBadRequest, message: "bad_request", data: says(found.sentence())}
}

func problem(path, rule, message string, detail document) problems {
	found := problems{}
	found.add(path, rule, message, detail)
	return found
}
