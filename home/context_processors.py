def site_shell(request):
    return {}
