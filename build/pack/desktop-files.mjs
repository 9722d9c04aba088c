export const MEDIA_TYPE = 'application/x-isoscope-snapshot+json'

/**
 * The entry in the menus of the desktop, freedesktop.org's Desktop Entry Specification.
 * @param {{ name: string, synopsis: string }} what
 */
export const desktopEntry = ({ name, synopsis }) => `[Desktop Entry]
Type=Application
Name=${name}
Comment=${synopsis}
Exec=/usr/bin/isoscope %U
Icon=isoscope
Terminal=false
Categories=Development;
Keywords=docker;container;namespace;isolation;
StartupWMClass=Isoscope
MimeType=${MEDIA_TYPE};x-scheme-handler/isoscope;
`

/** Files that end in .isoscope.json, for freedesktop.org's shared database of media types. The weight beats that of *.json. */
export const MEDIA_TYPES = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${MEDIA_TYPE}">
    <comment>Isoscope snapshot</comment>
    <sub-class-of type="application/json"/>
    <glob pattern="*.isoscope.json" weight="60"/>
  </mime-type>
</mime-info>
`
