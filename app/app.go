// Package app is the window: the only Go code that knows Wails.
//
// It opens the window, offers the desk to the pages as one struct per noun,
// streams letters and attachments, remembers how the window looked and turns
// errors into sentences. It holds no rule of complaint work: those are in
// backend/. Its one file, preferences.json in the configuration folder, holds
// nothing about cases or people; a broken one is replaced by defaults.
package app

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"runtime/debug"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"jiesu/backend/desk"
	"jiesu/backend/vault"
)

const (
	title     = "接诉"
	minWidth  = 1100
	minHeight = 700
)

// Run opens the window and returns when it is closed. pages holds the built
// web pages under frontend/dist.
func Run(pages embed.FS, icon []byte) error {
	vault.NoCoreDumps()
	debug.SetMemoryLimit(desk.MemoryLimit)
	dist, err := fs.Sub(pages, "frontend/dist")
	if err != nil {
		return err
	}
	place, err := findPlace(os.Args[1:])
	if err != nil {
		return err
	}
	// WebKitGTK shows a white window with some graphics drivers and in most
	// virtual machines unless it draws without DMA-BUF.
	if _, set := os.LookupEnv("WEBKIT_DISABLE_DMABUF_RENDERER"); !set {
		if err := os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1"); err != nil {
			return err
		}
	}
	p := newProgram(place)
	defer p.close()
	return wails.Run(window(p, dist, icon))
}

// window describes the window. It starts hidden and is shown when the first
// page stands, so that nobody sees it white.
func window(p *program, dist fs.FS, icon []byte) *options.App {
	look := p.preferences.get()
	state := options.Normal
	if look.Maximised {
		state = options.Maximised
	}
	return &options.App{
		Title:            title,
		Width:            max(look.Width, minWidth),
		Height:           max(look.Height, minHeight),
		MinWidth:         minWidth,
		MinHeight:        minHeight,
		WindowStartState: state,
		StartHidden:      true,
		BackgroundColour: options.NewRGB(255, 255, 255),
		// The middleware and not the handler: the development server answers
		// every unknown path with a page before a handler is asked.
		AssetServer:    &assetserver.Options{Assets: dist, Middleware: p.serveFiles},
		OnStartup:      p.start,
		OnDomReady:     func(ctx context.Context) { runtime.WindowShow(ctx) },
		OnBeforeClose:  p.beforeClose,
		Bind:           bound(p),
		ErrorFormatter: p.showError,
		DragAndDrop:    &options.DragAndDrop{EnableFileDrop: true},
		Linux: &linux.Options{
			Icon:             icon,
			ProgramName:      "jiesu",
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
		Windows: &windows.Options{Messages: windowsMessages()},
	}
}

// bound is what the pages can call: one struct per noun.
func bound(p *program) []any {
	return []any{
		&Setup{p}, &Cases{p}, &People{p}, &Mail{p}, &Letters{p}, &Share{p},
		&Settings{p}, &Regimes{p}, &Drafts{p}, &Palette{p}, &Files{p}, &Jobs{p},
	}
}

// windowsMessages are what Windows shows when its web view is missing.
func windowsMessages() *windows.Messages {
	return &windows.Messages{
		InstallationRequired: "本机缺少 WebView2 运行时，接诉需要它来显示窗口。",
		UpdateRequired:       "本机的 WebView2 运行时过旧，需要更新。",
		MissingRequirements:  "缺少运行条件",
		Webview2NotInstalled: "未安装 WebView2 运行时",
		Error:                "错误",
		FailedToInstall:      "WebView2 运行时安装失败，请联系管理员安装。",
		DownloadPage:         "请用安装介质中的 WebView2 离线安装包安装后再打开接诉。",
		PressOKToInstall:     "按“确定”安装。",
		ContactAdmin:         "请联系管理员安装 WebView2 运行时。",
		InvalidFixedWebview2: "随附的 WebView2 运行时不可用，请重新安装接诉。",
		WebView2ProcessCrash: "显示窗口的组件已退出，请关闭后重新打开接诉；已保存的内容不受影响。",
	}
}
