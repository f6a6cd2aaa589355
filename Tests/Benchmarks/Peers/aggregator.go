// What one would write instead of the gateway with Go's standard library: ask five list endpoints at the
// same time, decode, bring the images into one shape, drop doubles, answer the newest 25.
//
//	go build -o aggregator aggregator.go && GOMAXPROCS=1 ./aggregator ADDRESS ORIGIN
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"sort"
	"sync"
	"time"
)

const pageSize = 25

// Image is what every provider's answer becomes.
type Image struct {
	Provider     string `json:"provider"`
	Region       string `json:"region"`
	ID           string `json:"id"`
	Name         string `json:"name"`
	Description  string `json:"description"`
	Family       string `json:"os_family"`
	Distribution string `json:"os_distribution"`
	Version      string `json:"os_version"`
	Architecture string `json:"architecture"`
	Visibility   string `json:"visibility"`
	Status       string `json:"status"`
	Created      string `json:"created_at"`
}

func (i Image) key() string { return i.Provider + ":" + i.Region + ":" + i.ID }

// A list is one provider's answer, which knows how to become images.
type list interface{ images() []Image }

type ariesList []struct {
	ID          int    `json:"id"`
	Name        string `json:"name"`
	Type        string `json:"os_type"`
	System      string `json:"os_name"`
	Description string `json:"description"`
	Created     string `json:"created_at"`
}

func (l *ariesList) images() (found []Image) {
	for _, x := range *l {
		found = append(found, Image{Provider: "aries", ID: fmt.Sprint(x.ID), Name: x.Name,
			Description: x.Description, Family: x.Type, Distribution: x.System, Created: x.Created})
	}
	return
}

type zenlayerList struct {
	Response struct {
		Images []struct {
			ID          string `json:"imageId"`
			Name        string `json:"imageName"`
			Status      string `json:"imageStatus"`
			Description string `json:"imageDescription"`
			Region      string `json:"regionId"`
			Created     string `json:"createTime"`
			Category    string `json:"category"`
			Type        string `json:"type"`
			Version     string `json:"version"`
		} `json:"images"`
	} `json:"response"`
}

func (l *zenlayerList) images() (found []Image) {
	for _, x := range l.Response.Images {
		found = append(found, Image{Provider: "zenlayer", Region: x.Region, ID: x.ID, Name: x.Name,
			Description: x.Description, Family: x.Type, Distribution: x.Category, Version: x.Version,
			Status: x.Status, Created: x.Created})
	}
	return
}

type huaweiList struct {
	Images []struct {
		ID         string `json:"id"`
		Name       string `json:"name"`
		Status     string `json:"status"`
		Visibility string `json:"visibility"`
		Created    string `json:"created_at"`
		Type       string `json:"__os_type"`
		Platform   string `json:"__platform"`
		Version    string `json:"__os_version"`
	} `json:"images"`
}

func (l *huaweiList) images() (found []Image) {
	for _, x := range l.Images {
		found = append(found, Image{Provider: "huawei-ims", ID: x.ID, Name: x.Name, Family: x.Type,
			Distribution: x.Platform, Version: x.Version, Visibility: x.Visibility, Status: x.Status,
			Created: x.Created})
	}
	return
}

type tencentList struct {
	Response struct {
		ImageSet []struct {
			ImageId, OsName, ImageType, CreatedTime, ImageName string
			ImageDescription, Architecture, ImageState, Platform string
		}
	}
}

func (l *tencentList) images() (found []Image) {
	for _, x := range l.Response.ImageSet {
		found = append(found, Image{Provider: "tencent-cvm", ID: x.ImageId, Name: x.ImageName,
			Description: x.ImageDescription, Distribution: x.Platform, Architecture: x.Architecture,
			Visibility: x.ImageType, Status: x.ImageState, Created: x.CreatedTime})
	}
	return
}

type gmiList []struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Type         string `json:"type"`
	Created      string `json:"createdAt"`
	Architecture string `json:"OSArchitecture"`
	Series       string `json:"OSSeries"`
	Version      string `json:"OSVersion"`
	DataCentre   string `json:"idc"`
}

func (l *gmiList) images() (found []Image) {
	for _, x := range *l {
		found = append(found, Image{Provider: "gmi", Region: x.DataCentre, ID: x.ID, Name: x.Name,
			Distribution: x.Series, Version: x.Version, Architecture: x.Architecture,
			Visibility: x.Type, Created: x.Created})
	}
	return
}

type aggregator struct {
	origin string
	client *http.Client
}

// fetch returns what an endpoint lists; whoever fails contributes nothing.
func (a *aggregator) fetch(ctx context.Context, path string, into list) []Image {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.origin+path, nil)
	if err != nil {
		return nil
	}
	response, err := a.client.Do(request)
	if err != nil {
		return nil
	}
	defer response.Body.Close()
	if json.NewDecoder(response.Body).Decode(into) != nil {
		return nil
	}
	return into.images()
}

func (a *aggregator) gather(ctx context.Context) [][]Image {
	sources := []struct {
		path string
		into list
	}{
		{"/aries", new(ariesList)}, {"/zenlayer", new(zenlayerList)}, {"/huawei", new(huaweiList)},
		{"/tencent", new(tencentList)}, {"/gmi", new(gmiList)},
	}
	answers := make([][]Image, len(sources))
	var group sync.WaitGroup
	for index := range sources {
		group.Add(1)
		go func(index int) {
			defer group.Done()
			answers[index] = a.fetch(ctx, sources[index].path, sources[index].into)
		}(index)
	}
	group.Wait()
	return answers
}

func newest(answers [][]Image) []Image {
	seen := make(map[string]struct{})
	var all []Image
	for _, images := range answers {
		for _, image := range images {
			key := image.key()
			if _, known := seen[key]; known {
				continue
			}
			seen[key] = struct{}{}
			all = append(all, image)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Created > all[j].Created })
	if len(all) > pageSize {
		all = all[:pageSize]
	}
	return all
}

func (a *aggregator) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), 2*time.Second)
	defer cancel()
	page := newest(a.gather(ctx))
	writer.Header().Set("Content-Type", "application/json")
	json.NewEncoder(writer).Encode(map[string]any{"images": page})
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: aggregator ADDRESS ORIGIN")
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 256, MaxConnsPerHost: 256}
	a := &aggregator{origin: os.Args[2], client: &http.Client{Transport: transport}}
	http.Handle("/v1/images", a)
	log.Fatal(http.ListenAndServe(os.Args[1], nil))
}
