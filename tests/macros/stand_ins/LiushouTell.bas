Attribute VB_Name = "LiushouTell"
Option Explicit

' Writes down what people would be told.
Public Sub Tell(ByVal key As String, Optional ByVal detail As String = "")
    Open Environ("LIUSHOU_PYTHON") & ".told" For Append As #1
    Print #1, key
    Close #1
End Sub
