package web_test

// The register is the coordinators'.
func init() {
	for _, list := range []string{"people", "leaders", "units", "venues"} {
		for _, page := range []string{"", "/export", "/:id"} {
			access["GET /"+list+page] = "coordinator"
		}
		if list != "leaders" { // who are people
			access["GET /"+list+"/:id/edit"], access["POST /"+list+"/:id/edit"] = "coordinator", "coordinator"
		}
	}
}
