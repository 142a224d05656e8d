Attribute VB_Name = "LiushouRibbon"
Option Explicit

' What every button of the tab does: its id goes to Python, and Python does the rest.
'
' In Excel, xlwings starts   xl_liushou.ribbon.click('ID')
' and Python takes the open workbook and the selection itself, unsaved edits and all.
'
' In another program (WPS), and where xlwings cannot start anything, the workbook is saved and
' Python gets the file:      -m xl_liushou.ribbon ID BOOK SHEET ROWS
' BOOK and SHEET are UTF-16 in hexadecimal, so that no quoting and no code page can spoil them; ROWS
' are the selected rows, as in 5-9,12-12, hidden ones among them. Without a workbook that is a file, ID stands alone.

Public Sub LiushouClick(control As IRibbonControl)
    On Error GoTo Failed
    If Interpreter() = "" Then
        Tell "no_python"
    ElseIf ActiveWorkbook Is Nothing Then
        RunOnFile control.Id
    ElseIf Not HostIsExcel() Then
        RunOnFile control.Id
    ElseIf Not RanInExcel(control.Id) Then
        RunOnFile control.Id
    End If
    Exit Sub
Failed:
    Tell "failed", Err.Description
End Sub

' False where xlwings could not start Python at all. A Python that started and failed is told, not started again.
Private Function RanInExcel(ByVal id As String) As Boolean
    Dim ended As Variant
    On Error GoTo NotStarted
    ended = RunPython("import xl_liushou.ribbon; xl_liushou.ribbon.click('" & id & "')")
    RanInExcel = True
    If ended = -1 Then Tell "broken"
NotStarted:
End Function

Private Sub RunOnFile(ByVal id As String)
    Shell """" & Interpreter() & """ -P -m xl_liushou.ribbon " & id & OpenFile(), vbNormalFocus
End Sub

' The words for the workbook in front, once it is saved; "" where there is none, or one that is no file yet.
Private Function OpenFile() As String
    If ActiveWorkbook Is Nothing Then Exit Function
    If ActiveWorkbook.Path = "" Then Exit Function
    If Not ActiveWorkbook.Saved Then ActiveWorkbook.Save
    OpenFile = " " & Hexed(FullPath(ActiveWorkbook)) & " " & Hexed(ActiveSheet.Name) & " " & SelectedRows()
End Function

' The Python that the installation wrote into our configuration, "" where there is none.
Private Function Interpreter() As String
    Dim found As String
    #If Mac Then
        found = GetConfig("INTERPRETER_MAC", "", "user")
    #Else
        found = GetConfig("INTERPRETER_WIN", "", "user")
    #End If
    If found <> "" Then
        If FileExists(found) Then Interpreter = found
    End If
End Function

' Not FullName, which is the bare name in LibreOffice.
Private Function FullPath(book As Workbook) As String
    FullPath = book.Path & Application.PathSeparator & book.Name
End Function

' "" on a sheet without cells.
Private Function SelectedRows() As String
    Dim area As Range
    Dim found As String
    On Error GoTo NoCells
    For Each area In ActiveWindow.RangeSelection.Areas
        found = found & "," & area.Row & "-" & (area.Row + area.Rows.Count - 1)
    Next area
    SelectedRows = Mid$(found, 2)
NoCells:
End Function

Private Function Hexed(ByVal words As String) As String
    Dim place As Long
    For place = 1 To Len(words)
        Hexed = Hexed & Right$("000" & Hex$(AscW(Mid$(words, place, 1))), 4)
    Next place
End Function
