package web

import (
	"io"
	"mime"
	"path"

	"github.com/gofiber/fiber/v2"

	"kaskad/ui"
)

// static serves embedded files. Their address changes with their content, so
// browsers may keep them for ever.
func (s *Server) static(c *fiber.Ctx) error {
	name := c.Params("hash") + "/" + c.Params("*")
	f, err := ui.Static().Open(name)
	if err != nil {
		return fiber.ErrNotFound
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderContentType, mime.TypeByExtension(path.Ext(name)))
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if acceptsGzip(c.Get(fiber.HeaderAcceptEncoding)) {
		if zipped := squeezed(data); zipped != nil {
			c.Set(fiber.HeaderContentEncoding, "gzip")
			data = zipped
		}
	}
	return c.Send(data)
}

func (s *Server) favicon(c *fiber.Ctx) error {
	return c.Redirect(ui.AssetURL("icon.svg"), fiber.StatusFound)
}
