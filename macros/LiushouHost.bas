Attribute VB_Name = "LiushouHost"
Option Explicit

' WPS answers to Excel's name where it has taken Excel's place, so its folder is looked at too.
' LibreOffice has no Path and ends in the error.
Public Function HostIsExcel() As Boolean
    Dim folder As String
    On Error GoTo Another
    folder = LCase$(Application.Path)
    If InStr(folder, "kingsoft") = 0 And InStr(folder, "wps office") = 0 Then
        HostIsExcel = (Application.Name = "Microsoft Excel")
    End If
Another:
End Function
