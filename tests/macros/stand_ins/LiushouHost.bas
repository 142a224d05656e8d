Attribute VB_Name = "LiushouHost"
Option Explicit

Public Function HostIsExcel() As Boolean
    HostIsExcel = True
End Function
