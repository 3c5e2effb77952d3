package web

// registerRoutes is the register's part of the site map: people, leaders, units
// and venues, for coordinators. Addresses of a fixed name come before those of an id.
func (s *Server) registerRoutes() {
	app := s.app
	app.Get("/people", s.page(s.people, coordinators))
	app.Get("/people/export", s.page(s.exportPeople, coordinators))
	app.Post("/people/views", s.page(s.saveView, coordinators))
	app.Post("/people/views/drop", s.page(s.dropView, coordinators))
	app.Post("/people/views/undo", s.page(s.undropView, coordinators))
	app.Get("/people/import", s.page(s.importPage, coordinators))
	app.Post("/people/import", s.page(s.uploadRoster, coordinators))
	app.Get("/people/import/:token", s.page(s.previewRoster, coordinators))
	app.Post("/people/import/:token", s.page(s.takeRosterIn, coordinators))
	app.Post("/people/import/:token/drop", s.page(s.dropRoster, coordinators))
	app.Get("/people/:id", s.page(s.person, coordinators))
	app.Get("/people/:id/edit", s.page(s.editPerson, coordinators))
	app.Post("/people/:id/edit", s.page(s.editPerson, coordinators))
	app.Get("/people/:id/merge", s.page(s.mergePage, coordinators))
	app.Post("/people/:id/merge", s.page(s.mergePeople, coordinators))

	app.Get("/leaders", s.page(s.leaderList, coordinators))
	app.Get("/leaders/export", s.page(s.exportLeaders, coordinators))
	app.Get("/leaders/:id", s.page(s.leaderPage, coordinators))

	app.Get("/units", s.page(s.unitList, coordinators))
	app.Get("/units/export", s.page(s.exportUnits, coordinators))
	app.Get("/units/:id", s.page(s.unitPage, coordinators))
	app.Get("/units/:id/edit", s.page(s.editUnit, coordinators))
	app.Post("/units/:id/edit", s.page(s.editUnit, coordinators))

	app.Get("/venues", s.page(s.venueList, coordinators))
	app.Get("/venues/export", s.page(s.exportVenues, coordinators))
	app.Get("/venues/:id", s.page(s.venuePage, coordinators))
	app.Get("/venues/:id/edit", s.page(s.editVenue, coordinators))
	app.Post("/venues/:id/edit", s.page(s.editVenue, coordinators))
}
