#!/bin/sh
# Fetches the further faces that teaching the reader of seals asks for, beside those of fixtures/setup_fonts.sh. Nothing is
# installed: packages are unpacked into .cache/fonts/teaching.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
target="$root/.cache/fonts/teaching"
mkdir -p "$target"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -q texlive-lang-chinese fonts-cwtex-fs fonts-cwtex-ming fonts-cwtex-kai fonts-cwtex-heib fonts-cwtex-yen \
    fonts-arphic-bsmi00lp fonts-arphic-bkai00mp fonts-ipamj-mincho fonts-ipaexfont-mincho fonts-ipaexfont-gothic \
    fonts-morisawa-bizud-mincho fonts-motoya-l-cedar fonts-motoya-l-maruberi fonts-klee fonts-arphic-uming
for package in *.deb; do
    dpkg-deb -x "$package" unpacked
done
for face in 'Fandol*-*.otf' 'cw*.ttf' bsmi00lp.ttf bkai00mp.ttf ipamjm.ttf 'ipaex?.ttf' BIZUDMincho-Regular.ttf MTLc3m.ttf \
    MTLmr3m.ttf KleeOne-SemiBold.ttf uming.ttc; do
    find unpacked -name "$face" -exec cp {} "$target" \;
done
for name in @fontpkg/alibaba-puhuiti-3-0@0.0.0 harmonyos-sans@1.0.0 @fontsource/wdxl-lubrifont-sc@5.3.0 \
    @fontsource/zcool-kuaile@5.3.0; do
    tar xzf "$(npm pack --silent "$name")"
    find package -name '*.zip' -exec unzip -q -o {} -d package \;
    find package \( -name 'AlibabaPuHuiTi-3-55-*.ttf' -o -name 'AlibabaPuHuiTi-3-95-*.ttf' -o -name 'HarmonyOS_Sans_SC_Regular.ttf' \
        -o -name '*-chinese-simplified-400-normal.woff' \) -exec cp {} "$target" \;
    rm -r package
done
ls "$target"
