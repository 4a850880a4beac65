#!/bin/sh
# fonts.sh DIR: makes the faces an official paper is set in, from Debian packages.
#
# texlive-lang-chinese holds the Fandol faces (CFF; converted once to TrueType),
# fonts-babelstone-han the fallback for rare characters. The packages are fetched
# and unpacked into a temporary folder; nothing of TeX is installed. A second run
# finds everything whole and does nothing. Licences are laid beside the faces.
set -eu

dir=${1:?用法：sh fonts.sh 文件夹}
sums=SHA256SUMS
faces="fangsong.ttf kaiti.ttf heiti.ttf biaosong.ttf songti.ttf fallback.ttf"

whole() {
	[ -f "$dir/$sums" ] || return 1
	for f in $faces; do grep -q " $f\$" "$dir/$sums" || return 1; done
	(cd "$dir" && sha256sum --check --status "$sums" 2>/dev/null)
}

if whole; then
	echo "字体齐全：$dir"
	exit 0
fi

say() { echo "字体：$*"; }
stop() { echo "字体：$*" >&2; exit 1; }
root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		stop "安装软件包需要管理员权限：请用 root 运行，或装上 sudo"
	fi
}

for c in apt-get dpkg-deb sha256sum; do
	command -v "$c" >/dev/null ||
		stop "没有 $c：本脚本只用于 Debian 一类系统；其他机器请在 duban.yaml 的 fonts 一节写明字体文件"
done

updated=
update() {
	[ -z "$updated" ] || return 0
	say "更新软件包目录"
	root apt-get update -qq || stop "软件包目录没有更新成功，请检查网络后重试"
	updated=1
}

if ! command -v fontforge >/dev/null; then
	say "安装转换工具 fontforge-nox"
	install="env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends"
	root $install fontforge-nox >/dev/null 2>&1 || {
		update
		root $install fontforge-nox >/dev/null || stop "fontforge-nox 没有装上"
	}
fi

mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$tmp" # apt reads and writes here as its own user

# fetch PACKAGE: downloads and unpacks it into $tmp/PACKAGE.
fetch() {
	say "下载 $1"
	mkdir -p "$tmp/$1/deb" && chmod 777 "$tmp/$1/deb"
	(cd "$tmp/$1/deb" && apt-get download -qq "$1" 2>"$tmp/log") || {
		update
		(cd "$tmp/$1/deb" && apt-get download -qq "$1" 2>"$tmp/log") ||
			stop "$1 没有下载成功：$(tail -n 1 "$tmp/log")"
	}
	dpkg-deb -x "$tmp/$1/deb/"*.deb "$tmp/$1/root" || stop "$1 的软件包解不开"
	rm -r "$tmp/$1/deb"
}

# convert FACE NAME: CFF outlines to TrueType, with a fixed date, so that every
# machine gets the same bytes.
convert() {
	say "转换 $1 → $2"
	SOURCE_DATE_EPOCH=1437235200 fontforge -lang=ff -c 'Open($1);Generate($2)' \
		"$fandol/$1.otf" "$tmp/$2" >"$tmp/log" 2>&1 && [ -s "$tmp/$2" ] ||
		stop "$1 没有转换成功：$(tail -n 1 "$tmp/log")"
	mv "$tmp/$2" "$dir/$2"
}

rm -f "$dir/$sums"
fetch texlive-lang-chinese
fandol=$tmp/texlive-lang-chinese/root/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
convert FandolFang-Regular fangsong.ttf
convert FandolKai-Regular kaiti.ttf
convert FandolHei-Regular heiti.ttf
convert FandolSong-Bold biaosong.ttf
convert FandolSong-Regular songti.ttf
doc=$tmp/texlive-lang-chinese/root/usr/share/doc
gzip -dc "$doc/texlive-doc/fonts/fandol/COPYING.gz" >"$dir/fandol-COPYING"
cp "$doc/texlive-doc/fonts/fandol/README" "$dir/fandol-README"
cp "$doc/texlive-lang-chinese/copyright" "$dir/fandol-copyright"

fetch fonts-babelstone-han
han=$tmp/fonts-babelstone-han/root/usr/share
mv "$han/fonts/truetype/babelstone/BabelStoneHan.ttf" "$dir/fallback.ttf"
cp "$han/doc/fonts-babelstone-han/copyright" "$dir/fallback-copyright"

(cd "$dir" && sha256sum $faces >"$sums.new" && mv "$sums.new" "$sums")
whole || stop "$dir 写得不完整，请检查磁盘空间后重试"
say "已备好：$dir"
