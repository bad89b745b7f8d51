# Shell functions the scripts of this folder share; sourced, never run.
# Nothing here asks a question: no script may hang without a terminal.

set -euo pipefail
# The tools must read Chinese whatever the machine's language is.
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

APT_TIMEOUT=1200
NPM_TIMEOUT=900
DESKTOP_TAGS=desktop,production,webkit2_41

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# at_least 1.26 1.26.8: is the second version at least the first?
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

check_toolchain() {
  command -v go >/dev/null || die "没有找到 Go，请先安装 Go 1.26 或更新版本。 Go was not found: install Go 1.26 or newer."
  local go node
  go=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null | sed 's/^go//; s/[^0-9.].*//') || true
  at_least 1.26 "${go:-0}" || die "Go 版本是 ${go:-未知}，需要 1.26 或更新版本。 Go is ${go:-unknown}, 1.26 or newer is needed."
  command -v node >/dev/null && command -v npm >/dev/null ||
    die "没有找到 Node 和 npm，请先安装 Node 20.19 或更新版本。 Node and npm were not found: install Node 20.19 or newer."
  node=$(node --version 2>/dev/null | sed 's/^v//') || true
  at_least 20.19 "${node:-0}" || die "Node 版本是 ${node:-未知}，需要 20.19 或更新版本。 Node is ${node:-unknown}, 20.19 or newer is needed."
}

missing_packages() {
  local kind word package
  while read -r word package; do
    for kind in "$@"; do
      [ "$word" = "$kind" ] || continue
      case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
        *' ok installed') ;;
        *) printf '%s ' "$package" ;;
      esac
    done
  done <build/apt-packages.txt
}

# ensure_packages run test: installs what is missing of these kinds.
ensure_packages() {
  if ! command -v dpkg-query >/dev/null; then
    pkg-config --exists gtk+-3.0 webkit2gtk-4.1 2>/dev/null && return
    die "这不是 Debian 系统，请自行安装 build/apt-packages.txt 中各软件包的对应版本。 Not a Debian system: install the counterparts of build/apt-packages.txt."
  fi
  local missing command as_root=()
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  command="apt-get update && apt-get install -y --no-install-recommends ${missing% }"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null ||
      die "缺少系统软件包，请以管理员身份执行 / packages are missing, as root run:  $command"
    as_root=(sudo -n --preserve-env=http_proxy,https_proxy,no_proxy,HTTP_PROXY,HTTPS_PROXY,NO_PROXY)
  fi
  say "正在安装系统软件包 installing: ${missing% }"
  # A daemon that comes with a package must not start: tests start their own.
  timeout -k 10 $APT_TIMEOUT "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -ec '
    options="-q -y -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold"
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
      trap "rm -f $policy" EXIT
      printf "#!/bin/sh\nexit 101\n" >$policy
      chmod 755 $policy
    fi
    apt-get $options update
    apt-get $options install --no-install-recommends "$@"
    case " $* " in *" dovecot-imapd "*)
      [ ! -d /run/systemd/system ] || systemctl disable -q dovecot.service dovecot.socket || true ;;
    esac' apt $missing </dev/null >&2 ||
    die "安装系统软件包失败，请检查网络后以管理员身份执行 / installing failed, check the network and as root run:  $command"
}

# npm_install: npm ci, only when the lock file is not the one installed.
npm_install() {
  local want stamp=frontend/node_modules/.installed-lock
  want=$(sha256sum frontend/package-lock.json | cut -d ' ' -f 1)
  [ "$(cat $stamp 2>/dev/null)" != "$want" ] || return 0
  say "正在安装前端依赖 npm ci"
  (cd frontend && timeout -k 10 $NPM_TIMEOUT npm ci --no-audit --no-fund --prefer-offline </dev/null >&2) ||
    die "npm ci 失败，请检查网络或 npm 的 registry 设置后重试。 npm ci failed: check the network or npm's registry setting."
  printf '%s\n' "$want" >$stamp
}

# build_pages: the web pages, only when a source is newer than they are.
build_pages() {
  local page=frontend/dist/index.html
  if [ -e $page ] && [ -z "$(find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune \
    -o -type f -newer $page -print -quit)" ]; then
    return 0
  fi
  (cd frontend && timeout -k 10 300 npm run -s build </dev/null >&2)
}

build_window() {
  go build -buildvcs=false -tags $DESKTOP_TAGS -trimpath -ldflags "-s -w" -o build/bin/jiesu . </dev/null
}

build_command() {
  CGO_ENABLED=0 go build -buildvcs=false -trimpath -ldflags "-s -w" -o build/bin/jiesuctl ./app/jiesuctl </dev/null
}

# start_display: an X server of our own on a free display number; sets DISPLAY
# and DISPLAY_PID, which the caller ends.
start_display() {
  local folder=$1 fd
  exec {fd}<> <(:)
  Xvfb -displayfd "$fd" -screen 0 1366x900x24 -nolisten tcp </dev/null >"$folder/xvfb.log" 2>&1 &
  DISPLAY_PID=$!
  local number
  read -r -t 20 -u "$fd" number || die "Xvfb did not start: $(tail -n 3 "$folder/xvfb.log")"
  export DISPLAY=:$number
}
