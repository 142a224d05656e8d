Attribute VB_Name = "xlwings"
Option Explicit

' What our VBA needs of xlwings, for LibreOffice, where the whole of it does not compile.
' A file beside the program in Python's place says what goes wrong.

Public Function RunPython(PythonCommand As String) As Variant
    If FileExists(Python() & ".cannot") Then Err.Raise 70
    If FileExists(Python() & ".fails") Then
        RunPython = -1
    Else
        Shell """" & Python() & """ -c """ & PythonCommand & """ ""--wb=" & ActiveWorkbook.Name & """", 1
    End If
End Function

Public Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "") As Variant
    If FileExists(Python() & ".raises") Then Err.Raise 70
    If source = "user" Then GetConfig = Python()
End Function

Public Function FileExists(ByVal FileSpec As String) As Boolean
    FileExists = (Dir(FileSpec) <> "")
End Function

Private Function Python() As String
    Python = Environ("LIUSHOU_PYTHON")
End Function
