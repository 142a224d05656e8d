Attribute VB_Name = "LiushouTell"
Option Explicit

' What the macros themselves have to say to people. The words stand in the cells of the add-in's own
' sheet (a key in column A, the Chinese in column B): the text of VBA is plain ASCII.

Public Sub Tell(ByVal key As String, Optional ByVal detail As String = "")
    MsgBox Worded(key) & vbNewLine & detail, vbExclamation, Worded("title")
End Sub

Public Function Worded(ByVal key As String) As String
    Dim row As Long
    With ThisWorkbook.Worksheets(1)
        For row = 1 To .UsedRange.Rows.Count
            If .Cells(row, 1).Value = key Then Worded = .Cells(row, 2).Value
        Next row
    End With
End Function
