Unicode true
# The Windows installer of 接诉, for all users of the machine.
# `build/package --installer` calls it; wails_tools.nsh beside it
# is written anew by Wails each time.
#
# It never touches the data folder of the desk, neither when it installs nor
# when it removes. For machines without a network: put Microsoft's
# MicrosoftEdgeWebView2RuntimeInstallerX64.exe beside the installer.
Target amd64-unicode
!include "wails_tools.nsh"

VIProductVersion "${INFO_PRODUCTVERSION}.0"
VIFileVersion    "${INFO_PRODUCTVERSION}.0"
VIAddVersionKey "CompanyName"     "${INFO_COMPANYNAME}"
VIAddVersionKey "FileDescription" "${INFO_PRODUCTNAME}安装程序"
VIAddVersionKey "ProductVersion"  "${INFO_PRODUCTVERSION}"
VIAddVersionKey "FileVersion"     "${INFO_PRODUCTVERSION}"
VIAddVersionKey "LegalCopyright"  "${INFO_COPYRIGHT}"
VIAddVersionKey "ProductName"     "${INFO_PRODUCTNAME}"

ManifestDPIAware true
!include "MUI.nsh"
!define MUI_ICON "..\icon.ico"
!define MUI_UNICON "..\icon.ico"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Name "${INFO_PRODUCTNAME}"
OutFile "..\..\bin\${INFO_PROJECTNAME}-${ARCH}-installer.exe"
InstallDir "$PROGRAMFILES64\${INFO_COMPANYNAME}\${INFO_PROJECTNAME}"
ShowInstDetails show

Function .onInit
  !insertmacro wails.checkArchitecture
FunctionEnd

# The window needs WebView2, which Windows 11 and most of Windows 10 have.
Function ensureWebView
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}" "pv"
  StrCmp $0 "" 0 found
  ReadRegStr $0 HKCU "Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}" "pv"
  StrCmp $0 "" 0 found
  IfFileExists "$EXEDIR\MicrosoftEdgeWebView2RuntimeInstallerX64.exe" 0 missing
  DetailPrint "正在安装 WebView2 运行时"
  ExecWait '"$EXEDIR\MicrosoftEdgeWebView2RuntimeInstallerX64.exe" /silent /install' $1
  StrCmp $1 "0" found
missing:
  MessageBox MB_OK|MB_ICONEXCLAMATION "本机没有 WebView2 运行时，接诉装好后还不能显示窗口。请把微软的 MicrosoftEdgeWebView2RuntimeInstallerX64.exe 放在本安装程序旁边，再安装一次。" /SD IDOK
found:
FunctionEnd

Section
  !insertmacro wails.setShellContext
  Call ensureWebView
  SetOutPath $INSTDIR
  !insertmacro wails.files
  File "/oname=jiesuctl.exe" "..\..\bin\jiesuctl.exe"
  CreateShortcut "$SMPROGRAMS\${INFO_PRODUCTNAME}.lnk" "$INSTDIR\${PRODUCT_EXECUTABLE}"
  CreateShortcut "$DESKTOP\${INFO_PRODUCTNAME}.lnk" "$INSTDIR\${PRODUCT_EXECUTABLE}"
  !insertmacro wails.writeUninstaller
SectionEnd

# Only what was installed goes: a folder the officer chose may hold more.
Section "uninstall"
  !insertmacro wails.setShellContext
  Delete "$INSTDIR\${PRODUCT_EXECUTABLE}"
  Delete "$INSTDIR\jiesuctl.exe"
  Delete "$SMPROGRAMS\${INFO_PRODUCTNAME}.lnk"
  Delete "$DESKTOP\${INFO_PRODUCTNAME}.lnk"
  !insertmacro wails.deleteUninstaller
  RMDir "$INSTDIR"
SectionEnd
