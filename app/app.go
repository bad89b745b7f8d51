// Package app is the window: the only Go code that knows Wails.
//
// It opens the window, offers the desk to the pages and turns errors into
// sentences. It holds no rule of complaint work: those are in backend/.
package app

import (
	"context"
	"embed"
	"io/fs"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

const title = "接诉"

// Run opens the window and returns when it is closed. pages holds the built
// web pages under frontend/dist.
func Run(pages embed.FS, icon []byte) error {
	dist, err := fs.Sub(pages, "frontend/dist")
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
	return wails.Run(window(dist, icon))
}

// window describes the window. It starts hidden and is shown when the first
// page stands, so that nobody sees it white.
func window(dist fs.FS, icon []byte) *options.App {
	return &options.App{
		Title:            title,
		Width:            1280,
		Height:           800,
		MinWidth:         1100,
		MinHeight:        700,
		StartHidden:      true,
		BackgroundColour: options.NewRGB(255, 255, 255),
		AssetServer:      &assetserver.Options{Assets: dist},
		OnDomReady:       func(ctx context.Context) { runtime.WindowShow(ctx) },
		ErrorFormatter:   func(err error) any { return errorJSON(err) },
		DragAndDrop:      &options.DragAndDrop{EnableFileDrop: true},
		Linux: &linux.Options{
			Icon:             icon,
			ProgramName:      "jiesu",
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
		Windows: &windows.Options{Messages: windowsMessages()},
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
