#!/bin/sh
# Makes the three font files next to this script from the Debian package fonts-dejavu-core 2.37.
# Needs fonttools: pip install fonttools==4.68.0
#
# Kerning and ligatures are left out, so that the width of a text is the sum of its advances: that
# is what objgraph-render measures, and then it is also what resvg draws.
set -eu
cd "$(dirname "$0")"
from=${1:-/usr/share/fonts/truetype/dejavu}

# Latin, Greek, Cyrillic, punctuation, super- and subscripts, currency, letterlike, arrows,
# mathematics, box drawing, blocks, shapes, marks, replacement.
sans=U+20-7E,U+A0-17F,U+192,U+218-21B,U+2C6-2DD,U+370-3FF,U+400-45F,U+490-491,U+2010-2027,U+2030-205E
sans=$sans,U+2070-208E,U+20AC,U+2113,U+2116,U+2122,U+2126,U+2190-21FF,U+2200-22FF,U+2308-230B
sans=$sans,U+2500-25FF,U+2605-2606,U+26A0,U+2713,U+2717,U+27E8-27E9,U+FFFD
mono=U+20-7E,U+A0-17F,U+192,U+218-21B,U+2C6-2DD,U+370-3FF,U+400-45F,U+2010-2027,U+2030-205E
mono=$mono,U+20AC,U+2122,U+2190-21FF,U+2200-2265,U+2500-25FF,U+27E8-27E9,U+FFFD
bold=U+20-7E,U+A0-17F,U+192,U+218-21B,U+370-3FF,U+400-45F,U+2010-2027,U+2030-205E,U+20AC
bold=$bold,U+2190-2199,U+2200-2265,U+27E8-27E9,U+FFFD

cut() {
    pyftsubset "$from/$1" --unicodes="$2" --output-file="$1" --layout-features= --no-hinting \
        --drop-tables+=FFTM,GDEF,GPOS,GSUB,kern --name-IDs='*' --notdef-outline --no-recalc-timestamp
}
cut DejaVuSans.ttf "$sans"
cut DejaVuSans-Bold.ttf "$bold"
cut DejaVuSansMono.ttf "$mono"
