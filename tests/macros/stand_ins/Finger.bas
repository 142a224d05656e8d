Attribute VB_Name = "Finger"
Option Explicit

' Presses a button of the ribbon, which LibreOffice does not show.
Public Function Press(ByVal id As String) As String
    Dim button As New FakeControl
    button.Id = id
    LiushouClick button
    Press = "pressed"
End Function

Public Function Excel() As String
    Excel = CStr(HostIsExcel())
End Function
